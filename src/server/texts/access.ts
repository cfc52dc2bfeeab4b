/** Signing in: Chinese, English. */
export const ACCESS = {
  sign_in: ["登录", "Sign in"],
  sign_out: ["退出登录", "Sign out"],
  look_and_out: ["我的", "Me"],
  sign_in_wrong: ["用户名或密码不对。", "The name or the password is wrong."],
  sign_in_locked: ["试错太多次，请 15 分钟后再试。", "Too many tries. Try again in 15 minutes."],
  user_name: ["用户名", "Name"],
  password: ["密码", "Password"],
} as const;
