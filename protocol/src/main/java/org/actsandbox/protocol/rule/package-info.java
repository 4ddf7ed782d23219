/** The rules of ACT 2.1 as a closed registry: components, numbered rules, statements, gaps. */
@NullMarked
package org.actsandbox.protocol.rule;

import org.jspecify.annotations.NullMarked;
