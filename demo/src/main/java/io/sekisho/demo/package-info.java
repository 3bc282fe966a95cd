/** The story that {@code ./sekisho demo} tells: partners, policy, real mail, and what tracking says of it; one class per line of its table. */
package io.sekisho.demo;
