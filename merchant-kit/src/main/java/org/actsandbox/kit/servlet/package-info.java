/** Has a servlet application sell: a gate before paid paths, or a whole shop. */
@NullMarked
package org.actsandbox.kit.servlet;

import org.jspecify.annotations.NullMarked;
