package org.actsandbox.protocol.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The names an endpoint knows in a query that it takes as a whole. Other names are refused, and the
 * OpenAPI document lists these.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface KnownQueryParameters {

  String[] value();
}
