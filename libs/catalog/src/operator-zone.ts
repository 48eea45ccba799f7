/** The zone whose days sale windows and policies count in. An account's own zone decides its periods, not these. */
export const OPERATOR_ZONE = 'Asia/Shanghai';
