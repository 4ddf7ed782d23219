/** Defines what a check is, what it may do, and how it can end. */
@NullMarked
package org.actsandbox.scenarios.check.model;

import org.jspecify.annotations.NullMarked;
