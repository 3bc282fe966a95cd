/** The scenarios, one a file: what goes wrong in mid-traffic, and what is promised all the same. */
package io.sekisho.systemtests.scenario;
