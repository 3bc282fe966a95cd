/** Numbered mail: what it consists of, the clients that send it, and the record of what they were answered. */
package io.sekisho.systemtests.traffic;
