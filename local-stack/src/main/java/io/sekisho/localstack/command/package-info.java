/** The command line behind the {@code ./sekisho} script: {@code up}, {@code down} and {@code logs}. */
package io.sekisho.localstack.command;
