/** How the values of the contract are written as JSON. */
package io.sekisho.mail.json;
