export { arrayOf, columnArrays } from '@ronghe/kernel';
