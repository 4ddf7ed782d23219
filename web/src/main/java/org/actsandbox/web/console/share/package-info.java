/**
 * Shares stored runs by links. The operator makes and revokes a link, and every person who has it
 * can open the run.
 */
@NullMarked
package org.actsandbox.web.console.share;

import org.jspecify.annotations.NullMarked;
