/** Policy values: levels, versions, rules, requirements, and a managed domain as it is compiled and distributed. */
package io.sekisho.mail.policy;
