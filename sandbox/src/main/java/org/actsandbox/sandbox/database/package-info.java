/**
 * Opens the server's database, migrates it and explains failures at start.
 *
 * <p>The package has over 20 types, in four groups: the connections ({@link DatabaseConfiguration},
 * {@link DurableDataSource}, {@link GroupCommit}, {@link StatementCachingDataSource}), the data
 * folder and its safety ({@link DataFolder}, {@link OwnerOnly}, {@link DatabaseLock}, {@link
 * DatabaseFailureShutdown}), the migrations ({@link AppendOnlyMigration}, {@link
 * FormerMigrations}), and the archive of export and import ({@link DatabaseArchive}, {@link
 * OfflineDatabase}). It stays whole because the archive opens the database with the package-private
 * beans of the other groups.
 */
@NullMarked
package org.actsandbox.sandbox.database;

import org.jspecify.annotations.NullMarked;
