/** The service that receives mail: its configuration, and how its parts are put together, started and stopped. */
package io.sekisho.ingress;
