/** What concerns the services as processes: start-up, and where their time goes. */
package io.sekisho.bench.service;
