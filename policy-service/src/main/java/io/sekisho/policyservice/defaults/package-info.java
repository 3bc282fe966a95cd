/** 既定値: what is required of every source or destination that no peer names. */
package io.sekisho.policyservice.defaults;
