/** Who submits mail: users and secrets, and the exchanges by which clients give them (RFC 4954, RFC 6409). */
package io.sekisho.ingress.submission;
