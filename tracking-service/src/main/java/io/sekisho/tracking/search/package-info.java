/** What can be asked of mail tracking: filters, the caller's reach, and the place at which a list goes on. Pure values. */
package io.sekisho.tracking.search;
