/** The application people start: console and command line. */
@NullMarked
package org.actsandbox.web;

import org.jspecify.annotations.NullMarked;
