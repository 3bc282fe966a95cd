/** The service that delivers mail: its configuration, and how its parts are put together. */
package io.sekisho.egress;
