export const fontFamily = "'Atkinson Hyperlegible Next Variable', system-ui, sans-serif";
