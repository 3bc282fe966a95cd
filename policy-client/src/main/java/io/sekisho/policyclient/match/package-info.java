/** Which rule decides: the pure matcher, used by the gateway and by the explanation of its decisions alike. */
package io.sekisho.policyclient.match;
