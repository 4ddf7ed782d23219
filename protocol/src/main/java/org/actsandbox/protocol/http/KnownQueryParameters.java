package org.actsandbox.protocol.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the query parameters of an endpoint that takes the query as a whole. Other names are
 * refused, and the OpenAPI document lists these.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface KnownQueryParameters {

  String[] value();
}
