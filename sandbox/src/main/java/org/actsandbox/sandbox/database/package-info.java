/** The one database, its migrations and what can be wrong with it at start. */
@NullMarked
package org.actsandbox.sandbox.database;

import org.jspecify.annotations.NullMarked;
