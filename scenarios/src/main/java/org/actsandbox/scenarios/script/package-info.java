/**
 * Reads scenario files, checks them against their schema, and reports errors with file and line.
 */
@NullMarked
package org.actsandbox.scenarios.script;

import org.jspecify.annotations.NullMarked;
