/** What a scenario file says: its schema, its reading, and errors that name file and line. */
@NullMarked
package org.actsandbox.scenarios.script;

import org.jspecify.annotations.NullMarked;
