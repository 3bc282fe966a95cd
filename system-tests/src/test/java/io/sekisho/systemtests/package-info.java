/** Whole-cluster scenarios, one file each, and the one test of the architecture. */
package io.sekisho.systemtests;
