/** Scenarios over the control API: the schema of their files, and files made of sessions. */
@NullMarked
package org.actsandbox.web.scenario;

import org.jspecify.annotations.NullMarked;
