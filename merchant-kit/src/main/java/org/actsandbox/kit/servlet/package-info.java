/** Puts a gate before the paid paths of a servlet application. */
@NullMarked
package org.actsandbox.kit.servlet;

import org.jspecify.annotations.NullMarked;
