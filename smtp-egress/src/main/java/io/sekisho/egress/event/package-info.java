/** Events of the egress service: made from what happened, and published so that none is lost. */
package io.sekisho.egress.event;
