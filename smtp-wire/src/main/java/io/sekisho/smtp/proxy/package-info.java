/**
 * The header of HAProxy's PROXY protocol, versions 1 and 2, with which a balancer says who its client is (<a
 * href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">proxy-protocol.txt</a>).
 */
package io.sekisho.smtp.proxy;
