package org.actsandbox.protocol.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The messages of an endpoint that deals in bytes, because what is signed are the bytes: the
 * OpenAPI document would not know them otherwise.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WireMessages {

  Class<?> takes() default Void.class;

  Class<?> answers() default Void.class;

  /** The statuses of answers that are no refusals, where the method decides them. */
  int[] status() default {};
}
