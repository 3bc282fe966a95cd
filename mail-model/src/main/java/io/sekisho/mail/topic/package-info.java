/** The Kafka topics and the settings without which mail could be lost. */
package io.sekisho.mail.topic;
