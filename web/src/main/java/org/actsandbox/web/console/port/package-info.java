/**
 * Says what pages need from the participants of a world: one small interface for each subject.
 * Pages know these interfaces and the values that they answer with, and no participant itself.
 */
@NullMarked
package org.actsandbox.web.console.port;

import org.jspecify.annotations.NullMarked;
