package org.actsandbox.kit.spring;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the gate of a Spring Boot application.
 *
 * @param price what one request costs in CNY, such as 0.50; without it there is no gate
 * @param paths the paid paths, such as /report or /reports/*
 * @param settings the file with the lines that the sandbox answers as env; where it is not there,
 *     they come from the environment
 * @param deliveries a folder in which deliveries survive the end of the process; in memory if it is
 *     not set
 */
@ConfigurationProperties("merchant-kit")
public record MerchantKitProperties(
    @Nullable String price,
    @DefaultValue("/report") List<String> paths,
    @DefaultValue("shop.env") Path settings,
    @Nullable Path deliveries) {}
