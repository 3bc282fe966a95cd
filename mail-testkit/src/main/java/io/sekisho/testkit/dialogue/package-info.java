/**
 * SMTP conversations as text files that a mail administrator can read, run against a server.
 *
 * <pre>
 * # a comment
 * &lt;- 220 *                      one line of the server; * is any text
 * -&gt; EHLO client.example        a line of ours, CRLF is added
 * &lt;= 250                        a whole reply of the server, however many lines
 * has SIZE *                    … one of its lines is this
 * lacks AUTH*                   … and none is this
 * -&gt; STARTTLS
 * &lt;~ 220 2\.0\.0 .+             one line, as a regular expression
 * c tls TLSv1.3                 shake hands now; without a version as the JDK likes
 * =&gt; NOOP\r\nNOOP\r\n            octets as they are: \r \n \t \0 \\ \xHH
 * *&gt; 2000000 x                  the same octets so many times
 * &lt;... 221 *                    lines of the server up to this one
 * c closed                      the server closes
 * c close                       we close
 * </pre>
 *
 * <p>{@code ${name}} stands for a variable that the test sets.
 */
package io.sekisho.testkit.dialogue;
