import { columns } from "../../src/kit/columns.ts";

/** Shopify customers export: e-mail and phone of who bought. Older lists have no Customer ID. */
export default columns({
  id: "shopify-customers",
  title: { zh: "Shopify 客户导出", en: "Shopify customers export" },
  kind: "contact",
  columns: {
    id: "Customer ID",
    given: "First Name",
    family: "Last Name",
    email: "Email",
    phone: "Phone",
  },
  required: ["email", "given"],
  marks: ["Accepts Email Marketing"],
  derive: {
    name: "nullif(concat_ws(' ', given, family), '')",
    person_id: "coalesce('shopify:' || id, 'email:' || lower(email), 'phone:' || phone_number(phone))",
  },
  defaults: { platform: "shopify" },
});
