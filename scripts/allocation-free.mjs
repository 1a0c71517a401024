/**
 * The no-allocation rule, as selectors for ESLint's `no-restricted-syntax`.
 *
 * It looks into every function but constructors and those named `make...` or `create...`; module scope, class
 * fields and the arguments of a `throw` are free too, as none of them runs in the steady state.
 */
const SETS_UP = "/^(make|create)/";

/** A node that owns a function expression and shows that it only sets up. */
const setUpOwner = [
  'MethodDefinition[kind="constructor"]',
  `[key.name=${SETS_UP}]`,
  `VariableDeclarator[id.name=${SETS_UP}]`,
].join(", ");

/** A function that runs in the steady state. */
const hotFunction = `:matches(${[
  `FunctionDeclaration[id.name!=${SETS_UP}]`,
  `:not(${setUpOwner}) > :matches(FunctionExpression, ArrowFunctionExpression)`,
].join(", ")})`;

const allocating = {
  ObjectExpression: "an object literal",
  ArrayExpression: "an array literal",
  NewExpression: "`new`",
  "Literal[regex]": "a regular expression",
  "TemplateLiteral[expressions.length>0]": "a template literal",
  ":matches(FunctionDeclaration, FunctionExpression, ArrowFunctionExpression)": "a closure",
  ":matches(ClassDeclaration, ClassExpression)": "a class",
  SpreadElement: "spread",
  RestElement: "rest",
  ":matches(ObjectPattern, ArrayPattern)": "destructuring",
  ":matches(ForOfStatement, ForInStatement)": "for-of and for-in",
};

export const allocationFree = Object.entries(allocating).map(([node, words]) => ({
  selector: `${hotFunction} ${node}:not(ThrowStatement *)`,
  message: `Hot file: ${words} allocates. Do it in make...(), create...() or a constructor.`,
}));
