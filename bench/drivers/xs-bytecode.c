/*
 * Compiles a module, read from stdin, as Moddable's xsc does, with the parser of @agoric/xsnap's XS: prints the bytes of
 * its bytecode and of its table of names, which are what lies in flash.
 */
#include "xsScript.h"

/* What only a running engine, or xsc's own messages, would do. */
txBoolean fxCompileRegExp(void* the, txString pattern, txString modifier, txInteger** code, txInteger** data, txString errorBuffer, txInteger errorSize) { return 1; }
txID fxGenerateProfileID(void* console) { return 0; }
void fxGenerateTag(void* console, txString buffer, txInteger size, txString path) { buffer[0] = 0; }
void fxVReportError(void* console, txString path, txInteger line, txString format, va_list list) { vfprintf(stderr, format, list); fprintf(stderr, "\n"); }
void fxVReportWarning(void* console, txString path, txInteger line, txString format, va_list list) {}

int main(void)
{
	txParser parser;
	txParserJump jump;
	txScript* script = NULL;
	fxInitializeParser(&parser, NULL, 1024 * 1024, 1993);
	parser.firstJump = &jump;
	if (c_setjmp(jump.jmp_buf) == 0) {
		fxParserTree(&parser, stdin, (txGetter)fgetc, 0, NULL);
		fxParserHoist(&parser);
		fxParserBind(&parser);
		script = fxParserCode(&parser);
	}
	if (script) printf("%d %d\n", (int)script->codeSize, (int)script->symbolsSize);
	return script ? 0 : 1;
}
