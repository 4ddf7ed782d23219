/** Placeholder. */
@NullMarked
package org.actsandbox.web;

import org.jspecify.annotations.NullMarked;
