/** The registry of the rules of ACT 2.1: components, numbered rules, statements and gaps. */
@NullMarked
package org.actsandbox.protocol.rule;

import org.jspecify.annotations.NullMarked;
