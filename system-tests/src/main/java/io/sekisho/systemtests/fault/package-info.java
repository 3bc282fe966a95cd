/** What can be done to the gateway and its surroundings, as data, and the doing of it. */
package io.sekisho.systemtests.fault;
