export async function retry(attempt, tries = 3) {
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      if (number === tries) throw error;
    } finally {
      await pause(number);
    }
  }
}
const double = async (x) => 2 * (await x);
