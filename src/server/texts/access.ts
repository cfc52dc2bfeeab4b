/** Signing in: Chinese, English. */
export const ACCESS = {
  sign_in: ["登录", "Sign in"],
  sign_out: ["退出登录", "Sign out"],
  look_and_out: ["我的", "Me"],
  sign_in_wrong: ["用户名或密码不对。", "The name or the password is wrong."],
  sign_in_locked: ["试错太多次，请 15 分钟后再试。", "Too many tries. Try again in 15 minutes."],
  account: ["我的账号", "My account"],
  account_old: ["现在的密码", "Current password"],
  account_new: ["新密码（至少 10 个字符）", "New password (10 characters or more)"],
  account_again: ["再写一遍新密码", "New password again"],
  account_change: ["改密码", "Change the password"],
  account_changed: [
    "密码已改，其他设备上的登录都已结束。",
    "The password is changed, and every other sign-in has ended.",
  ],
  account_wrong: ["现在的密码不对，没有改。", "The current password is wrong. Nothing was changed."],
  account_locked: [
    "试错太多次，没有改。请 15 分钟后再试。",
    "Too many tries. Nothing was changed; try again in 15 minutes.",
  ],
  account_differ: ["两遍新密码不一样，没有改。", "The new passwords differ. Nothing was changed."],
  account_short: [
    "新密码至少要 10 个字符，没有改。",
    "A password has 10 characters or more. Nothing was changed.",
  ],
  account_elsewhere: [
    "在别的电脑或手机上忘了退出？一次全部退出，这里还登录着。",
    "Still signed in on another computer or phone? Sign out everywhere else; you stay signed in here.",
  ],
  account_end: ["退出其他设备", "Sign out everywhere else"],
  account_ended: ["其他设备上的登录都已结束。", "Every other sign-in has ended."],
  user_name: ["用户名", "Name"],
  password: ["密码", "Password"],
} as const;
