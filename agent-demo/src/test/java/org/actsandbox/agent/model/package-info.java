/** Tests of the configuration of models. */
@NullMarked
package org.actsandbox.agent.model;

import org.jspecify.annotations.NullMarked;
