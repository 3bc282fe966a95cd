/** Which levels and versions may be set where: the rules that domains, defaults and peers share. */
package io.sekisho.policyservice.requirement;
