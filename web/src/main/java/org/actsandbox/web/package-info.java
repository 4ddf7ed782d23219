/** Contains the application that people start, with its console and its command line. */
@NullMarked
package org.actsandbox.web;

import org.jspecify.annotations.NullMarked;
