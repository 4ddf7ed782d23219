/** The control API that adds, examines and removes merchants from outside. */
@NullMarked
package org.actsandbox.sandbox.external.api;

import org.jspecify.annotations.NullMarked;
