/** How a gateway process knows the policy: it holds the whole of it, follows its changes, and knows how old it is. */
package io.sekisho.policyclient;
